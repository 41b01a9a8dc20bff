import type { ConfigFile, ConfigFiles } from '@/lib/agent/config-file'

/**
 * Where a secret may stand in clear: private keys; swanctl.conf's secrets; ipsec.secrets' words; racoon's and setkey's keys
 * by hand; wireless networks and WireGuard in the files of the network.
 */
const SECRETS = [
  /PRIVATE KEY-----/,
  /(?:^|[\s{])(?:secret|pin|psk|password|auth-password|PrivateKey|PresharedKey|wpa-\S*(?:psk|pass|key)\S*|wireless-key\d?)\s*[:=]\s*\S/i,
  /^\s*(?:wpa-\S*(?:psk|pass|password|key)\S*|wireless-key\d?)\s+\S/i,
  /:\s*(?:PSK|RSA|ECDSA|PKCS8|XAUTH|EAP|PIN)\s+\S/,
  /\s-[EA]\s+\S+\s+(?:0x|")/,
]

/** The files, those left unread that hold a secret: it goes into no store, and no plan writes such a file. */
export function withoutKeys(files: ConfigFiles): Record<string, ConfigFile> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]): [string, ConfigFile] => [
      path,
      file.state === 'there' && holdsSecret(file.bytes)
        ? { state: 'unread', why: 'it holds a key or a password' }
        : file,
    ]),
  )
}

function holdsSecret(bytes: string): boolean {
  const lines = bytes.split('\n').filter((line) => !/^\s*[#;]/.test(line))
  return lines.some((line) => SECRETS.some((secret) => secret.test(line)))
}
