import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonKind, buttonLook } from './button-look'

interface Look {
  /** At most one primary on a page. */
  kind?: ButtonKind
  sm?: boolean
  /** A square for an icon alone; give `aria-label`. */
  onlyIcon?: boolean
}

/** A button: a verb with its object. A plain `type="button"`; forms use `SubmitButton`. */
export function Button({ kind, sm, onlyIcon, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button type={type} className={clsx(buttonLook({ kind, sm, onlyIcon }), className)} {...rest} />
}

/** A link that looks like a button, for what goes to another page. */
export function ButtonLink({ kind, sm, onlyIcon, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={clsx(buttonLook({ kind, sm, onlyIcon }), className)} {...rest} />
}
