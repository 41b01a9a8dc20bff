'use client'

import { useEffect, useRef, useState } from 'react'

interface Chosen {
  chosen: number
  of: number
}

/** Counts the ticked boxes of a name within the form that the returned ref's element stands in. */
function useChosen<Element extends HTMLElement>(name: string) {
  const ref = useRef<Element>(null)
  const [count, setCount] = useState<Chosen>({ chosen: 0, of: 0 })
  useEffect(() => {
    const form = ref.current?.closest('form')
    if (!form) return
    const read = () => {
      const boxes = boxesOf(form, name)
      setCount({ chosen: boxes.filter((box) => box.checked).length, of: boxes.length })
    }
    read()
    form.addEventListener('change', read)
    form.addEventListener('reset', read)
    return () => {
      form.removeEventListener('change', read)
      form.removeEventListener('reset', read)
    }
  }, [name])
  return [ref, count] as const
}

/** The box in the table's head: ticks all rows or none, and shows "some" as neither. */
export function ChooseAll({ name, label }: { name: string; label: string }) {
  const [ref, { chosen, of }] = useChosen<HTMLInputElement>(name)
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = chosen > 0 && chosen < of
  }, [chosen, of, ref])
  return (
    <label className="check-hit">
      <input
        ref={ref}
        className="row-check-all"
        type="checkbox"
        aria-label={label}
        checked={of > 0 && chosen === of}
        onChange={(event) => {
          const form = event.currentTarget.form
          if (!form) return
          for (const box of boxesOf(form, name)) box.checked = event.currentTarget.checked
          form.dispatchEvent(new Event('change'))
        }}
      />
    </label>
  )
}

/** "3 of 14 chosen", said politely when it changes. */
export function ChosenCount({ name }: { name: string }) {
  const [ref, { chosen, of }] = useChosen<HTMLSpanElement>(name)
  return (
    <span ref={ref} className="bulk-count" aria-live="polite">
      {of === 0 ? 'Chosen' : `${chosen} of ${of} chosen`}
    </span>
  )
}

function boxesOf(form: HTMLFormElement, name: string): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')].filter((box) => box.name === name)
}
