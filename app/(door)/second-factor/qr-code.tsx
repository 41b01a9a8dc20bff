import type { QrDrawing } from '@/lib/auth/second-factor/qr-drawing'

/** A QR code. Readers want it dark on light, in either theme. */
export function QrCode({ drawing: { size, path } }: { drawing: QrDrawing }) {
  return (
    <svg
      role="img"
      aria-label="QR code for an authenticator app; the key below says the same"
      viewBox={`0 0 ${size} ${size}`}
      width="220"
      height="220"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  )
}
