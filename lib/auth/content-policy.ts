/**
 * What a page may load and run (W3C Content Security Policy 3): everything from this very server; scripts in the page
 * only with the nonce that was drawn for this answer, so that no text from a host can ever become one.
 * `isDev`: the development server needs eval and a socket of its own for changed modules.
 */
export function contentPolicy(nonce: string, isDev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${isDev ? " 'unsafe-eval'" : ''}`,
    // Widths of bars and plots are style attributes, and the toasts bring their own style sheet.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
