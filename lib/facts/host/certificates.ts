import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, textsOf, whyNot } from './found'

export const certificatesSchema = z.object({
  certificates: z.array(
    z.object({
      path: z.string(),
      subject: z.string(),
      issuer: z.string(),
      /** ISO 8601. */
      notAfter: z.string(),
    }),
  ),
  /** There are more files than were looked at. */
  truncated: z.boolean(),
})
export type CertificatesFacts = z.infer<typeof certificatesSchema>

// Where services keep their own; never the store of authorities in /etc/ssl/certs, and no private folder.
const folders = [
  '/etc/letsencrypt/live/*/cert',
  '/etc/ssl/*',
  '/etc/ssl/certs/ssl-cert-snakeoil',
  '/etc/postfix/*',
  '/etc/dovecot/*',
  '/etc/dovecot/ssl/*',
  '/etc/exim4/*',
  '/etc/nginx/*',
  '/etc/apache2/*',
  '/etc/haproxy/*',
  '/etc/mysql/*',
  '/etc/bacula/*',
  '/etc/ipsec.d/certs/*',
  '/etc/swanctl/x509/*',
  '/etc/pve/local/pve-ssl',
  '/etc/pki/tls/certs/localhost',
  '/etc/webmin/miniserv',
  ...['postfix', 'nginx', 'apache2'].flatMap((of) => ['certs', 'ssl', 'tls'].map((folder) => `/etc/${of}/${folder}/*`)),
]

export const certificatesProbe = defineProbe({
  id: 'certificates',
  timeoutS: 30,
  readings: {
    files: {
      kind: 'each',
      globs: folders.flatMap((folder) => [`${folder}.pem`, `${folder}.crt`]),
      argv: ['openssl', 'x509', '-noout', '-enddate', '-subject', '-issuer', '-in'],
      maxFiles: 60,
    },
    programs: { kind: 'programs', names: ['openssl'] },
  },
  parse: parseCertificates,
})

export function parseCertificates(raw: RawReadings<'files' | 'programs'>): Found<CertificatesFacts> {
  if (raw.files.state === 'not-read' || raw.files.kind !== 'by-path') return whyNot(raw.files)
  if (raw.programs.state === 'read' && !textsOf(raw.programs).has('openssl')) {
    return { state: 'not-read', why: 'no-program', detail: 'openssl is not installed' }
  }
  const certificates = [...raw.files.byPath].flatMap(([path, text]) => {
    const at = Date.parse(/^notAfter=(.+)$/m.exec(text)?.[1] ?? '')
    if (Number.isNaN(at)) return []
    const field = (name: string) => clip(new RegExp(`^${name}= ?(.*)$`, 'm').exec(text)?.[1] ?? '', 512)
    return [
      {
        path: clip(path, 512),
        subject: field('subject'),
        issuer: field('issuer'),
        notAfter: new Date(at).toISOString(),
      },
    ]
  })
  return found({ certificates, truncated: raw.files.truncated })
}
