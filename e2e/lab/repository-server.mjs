// Serves directories over plain HTTP: enough for apt (GET, HEAD, lengths, times). Plain JavaScript, so that it needs no
// compiler beside it and little memory. Usage: node repository-server.mjs ADDRESS PORT /=DIRECTORY /PREFIX/=DIRECTORY ...
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

const [address = '127.0.0.1', port = '0', ...served] = process.argv.slice(2)
// The longest prefix that fits is the one that is meant.
const directories = served
  .map((word) => ({ prefix: word.slice(0, word.indexOf('=')), directory: word.slice(word.indexOf('=') + 1) }))
  .sort((a, b) => b.prefix.length - a.prefix.length)

function findFile(url) {
  // normalize() of an absolute path can't climb above "/".
  const wanted = normalize(decodeURIComponent(new URL(url, 'http://lab').pathname))
  const found = directories.find(({ prefix }) => wanted.startsWith(prefix))
  if (!found) return undefined
  const path = join(found.directory, wanted.slice(found.prefix.length))
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
