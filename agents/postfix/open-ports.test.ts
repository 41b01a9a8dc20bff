import { expect, it } from 'vitest'
import { openPortsOf } from './open-ports'
import { mailFacts } from './testing/facts-with'

const columns = 'inet n - y - - smtpd\n'
const master = `smtp ${columns}587 ${columns}127.0.0.1:10025 ${columns}`

it.each<[string, string[]]>([
  ['', ['25', '587', '10025']],
  ['master_service_disable =', ['25', '587', '10025']],
  ['master_service_disable = inet', []],
  ['master_service_disable = smtp/inet', ['587', '10025']],
  ['master_service_disable = smtp.inet, 587/inet', ['10025']],
  ['master_service_disable = 127.0.0.1:10025/inet', ['25', '587']],
  ['master_service_disable = !smtp/inet, inet', ['25']],
  ['master_service_disable = inet, !smtp/inet', []],
  ['master_service_disable = unix fifo 25/inet', ['25', '587', '10025']],
])('%j leaves open what it does not name first', (main, ports) => {
  const { facts, instance } = mailFacts(`${main}\n`, master)
  expect(openPortsOf(facts, instance).map(({ port }) => port)).toEqual(ports)
})
