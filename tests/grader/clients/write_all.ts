/** Writing, however few bytes the system takes. */
/** Writes all bytes, however few the system takes at a time. */
export async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}
