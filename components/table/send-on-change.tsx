'use client'

import { useEffect, useRef } from 'react'

/**
 * Sends the form that it stands in when a choice in it changes, or the search is emptied; typing waits for Enter.
 * `values` are the address's own: when it changes (back, a link), the fields follow, except the one with the focus.
 */
export function SendOnChange({ values }: { values: Readonly<Record<string, string>> }) {
  const ref = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const form = ref.current?.closest('form')
    if (!form) return
    const onChange = (event: Event) => {
      const { target } = event
      if (target instanceof HTMLSelectElement || isWholeDate(target)) form.requestSubmit()
    }
    const onInput = (event: Event) => {
      if (event.target instanceof HTMLInputElement && event.target.value === '') form.requestSubmit()
    }
    form.addEventListener('change', onChange)
    form.addEventListener('input', onInput)
    return () => {
      form.removeEventListener('change', onChange)
      form.removeEventListener('input', onInput)
    }
  }, [])
  const written = JSON.stringify(values)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the object is new at each render, its text is not
  useEffect(() => {
    const form = ref.current?.closest('form')
    for (const [name, value] of Object.entries(values)) {
      const field = form?.elements.namedItem(name)
      if (field === document.activeElement) continue
      if (field instanceof HTMLInputElement) field.value = value
      if (field instanceof HTMLSelectElement) field.value = hasOption(field, value) ? value : ''
    }
  }, [written])
  return <span ref={ref} hidden />
}

/** While a year is typed the browser already takes its first digits for one. */
function isWholeDate(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'date' && !target.value.startsWith('0')
}

/** An address may ask for what is no choice here; then nothing is chosen. */
function hasOption(select: HTMLSelectElement, value: string): boolean {
  return [...select.options].some((option) => option.value === value)
}
