import { createServer } from 'node:net'
import { listenSentence } from './listen-sentence'
import { isOwnAddress } from './own-addresses'
import { receiverPort } from './receiver-port'

/** Whether Pollux could receive a message at an address of its machine now: true, or the sentence that says why not. */
export function canReceive(address: string): Promise<true | string> {
  if (!isOwnAddress(address)) return Promise.resolve(`${address} is no address of the dashboard's machine.`)
  const port = receiverPort()
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error) => resolve(listenSentence(address, port, error)))
    server.listen(port, address, () => server.close(() => resolve(true)))
  })
}
