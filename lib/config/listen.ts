import { isIPv6 } from 'node:net'

/** Where the server listens: HOST and PORT, which `npm start` has checked. */
export function listenUrl(): string {
  const host = process.env.HOST || '127.0.0.1'
  return `http://${isIPv6(host) ? `[${host}]` : host}:${process.env.PORT || '3000'}`
}

/** The origins from which a browser on this machine may speak to the server; `localhost` and the loopback address are two. */
export function ownOrigins(): string[] {
  const port = process.env.PORT || '3000'
  return [...new Set([listenUrl(), `http://localhost:${port}`, `http://127.0.0.1:${port}`])]
}
