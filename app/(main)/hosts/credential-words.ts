/** What a credential is, in two words. */
export function credentialWords({ kind, algorithm }: { kind: string; algorithm: string | null }): string {
  if (kind === 'password') return 'password'
  if (algorithm === 'ssh-ed25519') return 'Ed25519 key'
  if (algorithm === 'ssh-rsa') return 'RSA key'
  return algorithm ? `${algorithm} key` : 'key'
}
