import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { CheckField } from './check-field'
import { RadioCards } from './radio-cards'
import { SelectField } from './select-field'
import { TextareaField, TextField } from './text-field'

const value = (tag: string | undefined, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag ?? '')?.[1]

describe.each([
  ['TextField', (texts: object) => render(<TextField label="Port" name="port" {...texts} />), 'input'],
  ['TextareaField', (texts: object) => render(<TextareaField label="Port" name="port" {...texts} />), 'textarea'],
  [
    'SelectField',
    (texts: object) => render(<SelectField label="Port" name="port" options={[]} {...texts} />),
    'select',
  ],
  ['CheckField', (texts: object) => render(<CheckField label="Port" name="port" {...texts} />), 'input'],
])('%s', (_, show, element) => {
  it('joins label, control and help', () => {
    const markup = show({ help: '22 unless the host says otherwise' })
    const control = tagsOf(markup, element)[0]
    expect(value(tagsOf(markup, 'label')[0], 'for')).toBe(value(control, 'id'))
    expect(markup).toContain(`<div id="${value(control, 'aria-describedby')}" class="field-help"`)
    expect(textOf(markup)).toContain('22 unless the host says otherwise')
    expect(control).not.toContain('aria-invalid')
  })

  it('puts the error with its mark into the place of the help', () => {
    const markup = show({ help: '22 unless the host says otherwise', error: 'The port is 70000; it goes up to 65535.' })
    expect(tagsOf(markup, element)[0]).toContain('aria-invalid="true"')
    expect(textOf(markup)).toContain('The port is 70000; it goes up to 65535.')
    expect(textOf(markup)).not.toContain('22 unless')
    expect(markup).toContain('mark-bad')
  })

  it('warns without calling it wrong', () => {
    const markup = show({ warn: 'Few hosts listen there.' })
    expect(tagsOf(markup, element)[0]).not.toContain('aria-invalid')
    expect(markup).toContain('mark-warn')
  })
})

it('a field keeps what was typed and takes what react-hook-form registers', () => {
  const registered = { name: 'address', onChange: async () => {}, onBlur: async () => {}, ref: () => {} }
  const tag = tagsOf(render(<TextField label="Address" defaultValue="10.0.0.5" mono {...registered} />), 'input')[0]
  expect(value(tag, 'name')).toBe('address')
  expect(value(tag, 'value')).toBe('10.0.0.5')
})

it('RadioCards are a named group with one choice on', () => {
  const markup = render(
    <RadioCards
      label="Privilege"
      name="privilege"
      defaultValue="sudo"
      error="Choose one."
      cards={[
        { value: 'root', label: 'root', help: 'The login is root.' },
        { value: 'sudo', label: 'sudo' },
        { value: 'none', label: 'none', disabled: true },
      ]}
    />,
  )
  const radios = tagsOf(markup, 'input')
  expect(textOf(markup.match(/<legend>.*?<\/legend>/)?.[0] ?? '')).toBe('Privilege')
  expect(radios.map((tag) => tag.includes('checked'))).toEqual([false, true, false])
  expect(radios.map((tag) => tag.includes('disabled'))).toEqual([false, false, true])
  expect(new Set(radios.map((tag) => value(tag, 'name')))).toEqual(new Set(['privilege']))
  expect(textOf(markup)).toContain('Choose one.')
})
