import type { Duplex } from 'node:stream'

/**
 * Makes a stream send what is written in one turn of the event loop together. ssh2 writes length, payload and tag of
 * each packet apart; without Nagle's algorithm each would be a system call and a segment of its own.
 */
export function gatherWrites(stream: Duplex): void {
  stream.write = new Proxy(stream.write, {
    apply: (write, self, words) => {
      if (stream.writableCorked === 0) {
        stream.cork()
        process.nextTick(() => stream.uncork())
      }
      return Reflect.apply(write, self, words)
    },
  })
}
