// Serves one directory over plain HTTP: enough for apt (GET, HEAD, lengths, times). Plain JavaScript, so that it needs
// no compiler beside it and little memory. Usage: node repository-server.mjs DIRECTORY ADDRESS PORT
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

const [directory = '.', address = '127.0.0.1', port = '0'] = process.argv.slice(2)

function findFile(url) {
  // normalize() of an absolute path can't climb above "/".
  const path = join(directory, normalize(decodeURIComponent(new URL(url, 'http://lab').pathname)))
  try {
    const stat = statSync(path)
    return stat.isFile() ? { path, stat } : undefined
  } catch {
    return undefined
  }
}

createServer((request, response) => {
  const file = request.method === 'GET' || request.method === 'HEAD' ? findFile(request.url ?? '/') : undefined
  if (!file) {
    response.writeHead(404, { 'content-length': 0 }).end()
    return
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': file.stat.size,
    'last-modified': file.stat.mtime.toUTCString(),
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(file.path).pipe(response)
}).listen(Number(port), address)

process.on('SIGTERM', () => process.exit(0))
