import { encode } from 'uqr'

/** A QR code as the path of an SVG: `size` squares in each direction, one unit each, the quiet zone included. */
export interface QrDrawing {
  size: number
  path: string
}

/** Draws a text as a QR code (ISO/IEC 18004), with the four squares of quiet around it that readers need. */
export function drawQr(text: string): QrDrawing {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}
