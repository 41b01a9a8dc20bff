/** The mark: a small star held by a large one. Decoration; the name stands beside it. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d="M5.6 13.1 11.8 7.9" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="13.8" cy="6.2" r="4.2" fill="currentColor" />
      <circle cx="4.6" cy="14" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  )
}
