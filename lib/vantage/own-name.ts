import { hostname } from 'node:os'

/** The name by which the dashboard says hello: its machine's, or an address literal where that is no name (RFC 5321, 4.1.4). */
export function ownName(): string {
  const name = hostname().toLowerCase()
  return name.length <= 255 && /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(name) ? name : '[127.0.0.1]'
}
