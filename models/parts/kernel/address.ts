/** Addresses of the internet as the system calls have them: `struct sockaddr_in` and `sockaddr_in6`. */
import { libc } from "./libc.ts";
import { checked } from "./system_call_error.ts";

/** IPv4 and IPv6, for `socket`. */
export const AF_INET = 2, AF_INET6 = 10;
/** Room for either struct. */
export const ADDRESS_BYTES = 28;

const IPV4_BYTES = 16, IPV4_AT = 4, IPV6_AT = 8, PORT_AT = 2;
const encoder = new TextEncoder();

/**
 * Makes the struct of an address.
 *
 * @param hostname an IPv4 or IPv6 address, or `localhost`.
 * @throws URIError, as `Deno.listen` does, for anything else.
 */
export function packAddress(hostname: string, port: number): Uint8Array<ArrayBuffer> {
  const text = encoder.encode((hostname === "localhost" ? "127.0.0.1" : hostname) + "\0");
  for (
    const [family, size, at] of [[AF_INET, IPV4_BYTES, IPV4_AT], [AF_INET6, ADDRESS_BYTES, IPV6_AT]]
  ) {
    const packed = new Uint8Array(size);
    if (libc().inet_pton(family, text, packed.subarray(at)) !== 1) continue;
    const view = new DataView(packed.buffer);
    view.setUint16(0, family, true);
    view.setUint16(PORT_AT, port);
    return packed;
  }
  throw new URIError(`'${hostname}' is no address of this machine`);
}

/** Reads an address that a system call filled in. */
export function unpackAddress(packed: Uint8Array<ArrayBuffer>): Deno.NetAddr {
  const view = new DataView(packed.buffer, packed.byteOffset);
  const port = view.getUint16(PORT_AT);
  const hostname = view.getUint16(0, true) === AF_INET
    ? packed.subarray(IPV4_AT, IPV4_AT + 4).join(".")
    : ipv6Text(view);
  return { transport: "tcp", hostname, port };
}

function ipv6Text(view: DataView): string {
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(IPV6_AT + 2 * i).toString(16));
  // The URL parser knows how an IPv6 address is shortened.
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

/** The address that a socket is bound to. */
export function ownAddress(fd: number): Deno.NetAddr {
  const { packed, length } = room();
  checked("getsockname", libc().getsockname(fd, packed, length));
  return unpackAddress(packed);
}

/** The address of the client; one that is gone already has none. */
export function peerAddress(fd: number): Deno.NetAddr {
  const { packed, length } = room();
  if (libc().getpeername(fd, packed, length) === 0) return unpackAddress(packed);
  return { transport: "tcp", hostname: "unknown", port: 0 };
}

/** Where a call puts an address, and how much room there is. */
function room() {
  const packed = new Uint8Array(ADDRESS_BYTES);
  return { packed, length: new Uint8Array(Uint32Array.of(ADDRESS_BYTES).buffer) };
}
