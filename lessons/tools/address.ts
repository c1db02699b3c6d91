/** Addresses as people write them. */

/** An address and a port in one word, with brackets around the colons of IPv6. */
export function addressText({ hostname, port }: { hostname: string; port: number }): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

/** True when only this machine can connect to the address. */
export function isLoopback(hostname: string): boolean {
  return hostname === "::1" || hostname.startsWith("127.");
}

/** An address to connect to; a server on 0.0.0.0 or :: listens on every address. */
export function connectable(hostname: string): string {
  if (hostname === "0.0.0.0") return "127.0.0.1";
  return hostname === "::" ? "::1" : hostname;
}
