const base = 'http://pollux.invalid'

/**
 * A path of this Pollux, whatever the address asks for: nobody is led elsewhere from the sign-in. It is read the way a
 * browser reads it (WHATWG URL): tabs fall away, backslashes turn, dots go, and only then may no other site be meant.
 */
export function ownPath(asked: string | readonly string[] | undefined): string {
  if (typeof asked !== 'string' || !URL.canParse(asked, base)) return '/'
  const { origin, pathname, search } = new URL(asked, base)
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
