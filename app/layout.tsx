import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeProvider } from '@/components/frame/theme'
import './globals.css'

export const metadata: Metadata = {
  title: { template: '%s · Pollux', default: 'Pollux' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The proxy drew it for this answer; reading it also keeps every page from being made at build time without one.
  const nonce = (await headers()).get('x-pollux-nonce') ?? undefined
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  )
}
