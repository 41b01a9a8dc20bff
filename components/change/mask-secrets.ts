export const mask = '••••'

/** Shorter lines of a secret of several lines would hide half of the text around them. */
const minLine = 4

/** Shows `••••` for every secret in a text, the longest first; of a secret of several lines each line counts. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const whole = secrets.filter((secret) => secret !== '' && !secret.includes('\n'))
  const lines = secrets.filter((secret) => secret.includes('\n')).flatMap((secret) => secret.split('\n'))
  const hidden = [...whole, ...lines.filter((line) => line.length >= minLine)].sort((a, b) => b.length - a.length)
  return hidden.reduce((masked, secret) => masked.replaceAll(secret, mask), text)
}
