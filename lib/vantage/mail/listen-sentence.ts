import { placeOf } from '../addresses'

/** Why the dashboard cannot listen somewhere, by the system's error. */
export function listenSentence(address: string, port: number, error: NodeJS.ErrnoException): string {
  const where = placeOf(address, port)
  switch (error.code) {
    case 'EACCES':
      return `Pollux may not listen on ${where}: ports below 1024 need a right (CAP_NET_BIND_SERVICE) that its process does not have.`
    case 'EADDRINUSE':
      return `Something else listens on ${where} already, perhaps a mail server of the dashboard's machine.`
    case 'EADDRNOTAVAIL':
      return `Pollux cannot listen on ${where}: its machine does not have that address.`
    default:
      return `Pollux cannot listen on ${where} (${error.code ?? 'unknown error'}).`
  }
}
