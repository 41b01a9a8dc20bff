// relay.mjs SOCKET HOST PORT: carries what comes in at a socket in the file system to a port of this network namespace.
import { connect, createServer } from 'node:net'

/** Joins a connection with a new one to `target`; the end of either is the end of both. */
export function pipeTo(incoming, target) {
  const outgoing = connect(target)
  for (const [from, to] of [
    [incoming, outgoing],
    [outgoing, incoming],
  ]) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [socket, host, port] = process.argv.slice(2)
  process.on('SIGINT', () => process.exit(0))
  createServer((incoming) => pipeTo(incoming, { host, port: Number(port) })).listen(socket)
}
