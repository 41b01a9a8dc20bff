'use client'

import { ThemeProvider as NextThemes, useTheme } from 'next-themes'
import { type ReactNode, useSyncExternalStore } from 'react'

/** Light, dark or the system's choice, kept in the browser. Stands around everything in the root layout. */
export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <NextThemes attribute="data-theme" enableColorScheme={false} disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  )
}

const never = () => () => {}

/** The choice between the three, for the account's menu and for settings. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme()
  // The server does not know the choice, so the page begins with the system's and then follows.
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <label className="flex items-center gap-2">
      Theme
      <select
        className="input"
        value={isHere ? (theme ?? 'system') : 'system'}
        onChange={(event) => setTheme(event.currentTarget.value)}
      >
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  )
}
