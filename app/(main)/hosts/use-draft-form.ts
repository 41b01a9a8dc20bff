'use client'

import { type ChangeEvent, useEffect, useState } from 'react'

type Values = Readonly<Record<string, string>>
type Errors = Readonly<Record<string, string>>

/** What a server action answers when it did not do what was asked. */
export interface Refusal {
  message: string
  fields?: Readonly<Record<string, string>>
}

// One array for all renders: what an effect depends on must not be new each time.
const noSecret: readonly string[] = []

export interface DraftFormOptions<Fields extends string> {
  /** Names the draft in this browser tab. */
  key: string
  initial: Readonly<Record<Fields, string>>
  /** Never kept outside the page: passwords, keys. */
  secret?: readonly string[]
  /** What is wrong with a value when its field is left; the server checks again. */
  checks?: Partial<Readonly<Record<NoInfer<Fields>, (value: string) => string | null>>>
}

/**
 * A form whose values outlive errors and a reload: kept in the tab's session storage, secrets excepted.
 * `field(name)` gives the props of a control; `refuse` puts a server's sentences at their fields.
 */
export function useDraftForm<Fields extends string>({
  key,
  initial,
  secret = noSecret,
  checks = {},
}: DraftFormOptions<Fields>) {
  const [values, setValues] = useState<Record<Fields, string>>(initial)
  const [errors, setErrors] = useState<Errors>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isRestored, setIsRestored] = useState(false)
  const [refusals, setRefusals] = useState(0)

  // The server draws the form empty; what was typed before a reload is put in after.
  useEffect(() => {
    const kept = readDraft(key)
    const known = Object.keys(kept).filter((name) => name in initial && !isSecret(name, secret))
    if (known.length > 0) {
      setValues((before) => ({ ...before, ...Object.fromEntries(known.map((name) => [name, kept[name]])) }))
      setIsRestored(true)
    }
  }, [key, initial, secret])

  // The button stands far below some fields: whoever was refused is led to what has to be put right.
  useEffect(() => {
    if (refusals > 0) document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus()
  }, [refusals])

  const setMany = (some: Partial<Record<Fields, string>>) => {
    const next = { ...values, ...some }
    setValues(next)
    setErrors((before) => without(before, Object.keys(some)))
    writeDraft(key, next, secret)
  }
  const check = (name: Fields) => {
    const sentence = checks[name]?.(values[name]) ?? null
    if (sentence) setErrors((before) => ({ ...before, [name]: sentence }))
  }
  return {
    values,
    problem,
    isRestored,
    setMany,
    field: (name: Fields) => ({
      name: name as string,
      value: values[name],
      error: errors[name],
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
        setMany(only(name, event.target.value)),
      onBlur: () => values[name] !== '' && check(name),
    }),
    /** Puts what the server said at the fields, and above the button what belongs to none of them. */
    refuse: ({ message, fields = {} }: Refusal) => {
      setErrors(fields)
      setRefusals((before) => before + 1)
      const isShown = Object.keys(fields).some((name) => name in initial)
      setProblem(isShown ? null : message)
    },
    /** Forgets the draft, once the thing was made. */
    done: () => sessionStorage.removeItem(storageKey(key)),
    clear: () => {
      sessionStorage.removeItem(storageKey(key))
      setValues(initial)
      setErrors({})
      setIsRestored(false)
    },
  }
}

function storageKey(key: string): string {
  return `pollux-draft-${key}`
}

function isSecret(name: string, secret: readonly string[]): boolean {
  return secret.includes(name)
}

function without(errors: Errors, names: readonly string[]): Errors {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !names.includes(name)))
}

/** The computed key of an object literal is a string to the compiler; here it is one of the fields. */
function only<Fields extends string>(name: Fields, value: string): Partial<Record<Fields, string>> {
  return { [name]: value } as Partial<Record<Fields, string>>
}

function writeDraft(key: string, values: Values, secret: readonly string[]): void {
  const open = Object.entries(values).filter(([name]) => !isSecret(name, secret))
  sessionStorage.setItem(storageKey(key), JSON.stringify(Object.fromEntries(open)))
}

function readDraft(key: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey(key)) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {}
  }
}
