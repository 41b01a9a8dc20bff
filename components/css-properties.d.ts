import 'react'

declare module 'react' {
  interface CSSProperties {
    /** A token handed to a component's style sheet. */
    [token: `--${string}`]: string | number | undefined
  }
}
