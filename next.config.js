const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const notAPage = { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // These carry native parts or must be one copy in the process.
  serverExternalPackages: [
    'ssh2',
    '@libsql/client',
    'mysql2',
    'pg',
    '@prisma/adapter-libsql',
    '@prisma/client',
    '@node-rs/argon2',
    'pino',
    'smtp-server',
  ],
  // `npm run check` looks at the types; a build must not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
  headers: async () => [
    { source: '/:path*', headers },
    // Pages get theirs from proxy.ts; what is none has nothing to load.
    { source: '/:first(_next|api|healthz|metrics)/:path*', headers: [notAPage] },
  ],
}
