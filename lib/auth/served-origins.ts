/** The exact origins under which this Pollux is served: its own address, and loopback's other names. The first is the main one. */
export function servedOrigins(env: Readonly<Record<string, string | undefined>> = process.env): readonly string[] {
  const host = env['HOST'] || '127.0.0.1'
  const port = env['PORT'] || '3000'
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(host)
  const names = isLoopback ? [host, '127.0.0.1', 'localhost', '::1'] : [host]
  return [...new Set(names.map((name) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`))]
}
