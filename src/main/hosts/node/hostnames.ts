const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const ANY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])

export interface MachineNames {
  readonly hostname: string
  /** Addresses of the network interfaces, as the system writes them. */
  readonly addresses: readonly string[]
}

/**
 * The names a browser may ask for this server under: loopback always, because a tunnel ends there; the
 * bound address; and when every address is bound, those of this machine.
 */
export function allowedHostnames(bound: string, machine: MachineNames): ReadonlySet<string> {
  const own = ANY_ADDRESS.has(bound) ? [machine.hostname, ...machine.addresses] : [bound]
  return new Set([...LOOPBACK, ...own.map(asUrlHostname)])
}

/** As URL.hostname writes it: lower case, IPv6 in brackets, without the zone of a link-local address. */
function asUrlHostname(name: string): string {
  const plain = name.toLowerCase().replace(/%.*$/, '')
  return plain.includes(':') && !plain.startsWith('[') ? `[${plain}]` : plain
}
