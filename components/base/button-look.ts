import { cva } from 'class-variance-authority'

export type ButtonKind = 'plain' | 'primary' | 'danger' | 'quiet'

/** The classes of a button; for the rare element that must look like one and is neither `Button` nor `ButtonLink`. */
export const buttonLook = cva('btn', {
  variants: {
    kind: { plain: '', primary: 'btn-primary', danger: 'btn-danger', quiet: 'btn-quiet' },
    sm: { true: 'btn-sm', false: '' },
    onlyIcon: { true: 'btn-only-icon', false: '' },
  },
  defaultVariants: { kind: 'plain', sm: false, onlyIcon: false },
})
