'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from 'react'
import type { HostChoice } from '@/app/(main)/hosts/field-props'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { Button } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { Wizard, WizardBar } from '@/components/change/wizard-rail'
import { SectionHead } from '@/components/frame/page-head'
import type { AccountChange } from '@/lib/catalog/account/account-change'
import type { CatalogReport } from '@/lib/catalog/store/catalog-report'
import { AccountFields } from './account-fields'
import { addCatalogAction, planAccountAction, testCatalogAction } from './actions'
import {
  atFields,
  connectChecks,
  descriptionInput,
  firstValues,
  type HostWay,
  isOnHost,
  placeInput,
  secretFields,
} from './connect-values'
import { DirectorFields } from './director-fields'
import { PlaceFields } from './place-fields'
import { railOf } from './rail'
import { ReportView } from './report-view'

/** The form of a catalog: filled with what was found, tested as often as wanted, kept only after a test that went well. */
export function ConnectForm({
  way,
  host,
  hosts,
  zones,
  password,
  made = null,
  whereNote,
  children,
}: {
  way: 'host' | 'direct' | 'file'
  host: HostWay | null
  hosts: readonly HostChoice[]
  zones: readonly string[]
  /** A new one, for an account that is made for Pollux. */
  password: string
  /** A change that makes an account on this host. */
  made?: AccountChange | null
  whereNote: string
  /** What was found, above the form. */
  children?: ReactNode
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState(() => firstValues(way, host, password, made))
  const found = host?.found ?? null
  const form = useDraftForm({
    key: `connect-${way}-${host?.id ?? ''}-${found?.key ?? ''}`,
    initial,
    secret: secretFields,
    checks: connectChecks,
  })
  const { values } = form
  const input = { place: placeInput(values, { hostId: host?.id, found: found?.key, made }), zone: values.zone }
  const [tested, setTested] = useState<{ of: string; report: CatalogReport } | null>(null)
  // A test holds for what was tested alone.
  const report = tested?.of === JSON.stringify(input) ? tested.report : null

  // The answer stands below a long form: whoever asked is led to it, unless a field has to be put right.
  const answerRef = useRef<HTMLDivElement>(null)
  const [answers, setAnswers] = useState(0)
  useEffect(() => {
    if (answers > 0) answerRef.current?.focus()
  }, [answers])
  const showAnswer = () => setAnswers((before) => before + 1)

  const refuse = (error: { message: string; fields?: Record<string, string> }) => {
    const fields = atFields(error.fields)
    form.refuse({ message: error.message, fields })
    if (!Object.keys(fields).some((name) => name in values)) showAnswer()
  }
  const send = async () => {
    if (!report) {
      const answer = await testCatalogAction(input)
      if (!answer.ok) return refuse(answer.error)
      form.refuse({ message: '' })
      showAnswer()
      return setTested({ of: JSON.stringify(input), report: answer.data })
    }
    const isZoneRead = found?.zone === values.zone
    const answer = await addCatalogAction({ ...descriptionInput(values), place: input.place, isZoneRead })
    if (!answer.ok) return refuse(answer.error)
    form.done()
    router.push(`/backups/connect?done=${answer.data.catalogId}`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  const [isPlanning, startPlanning] = useTransition()
  const planIt = async () => {
    const answer = await planAccountAction({ place: input.place, owner: found?.user ?? null })
    if (!answer.ok) return refuse(answer.error)
    if ('nothingToDo' in answer.data) return refuse({ message: answer.data.nothingToDo })
    form.setMany({ accountKind: 'change', password: '' })
    router.push(`/changes/${answer.data.changeId}`)
  }
  const onPlan = () => startPlanning(planIt)
  const canPlan = host !== null && (values.way === 'tunnel' || values.way === 'client') && isOnHost(values.address)
  const isFile = values.way === 'file' || values.way === 'host-file'

  return (
    <Wizard steps={railOf(report ? 'test' : 'account', { way, where: whereNote })}>
      {children}
      <form onSubmit={onSubmit} noValidate aria-label="Catalog">
        {form.isRestored ? (
          <p className="mb-4 text-12 text-text-3">
            What you typed before is here again, but for the password.{' '}
            <Button sm kind="quiet" onClick={form.clear}>
              Begin anew
            </Button>
          </p>
        ) : null}
        <SectionHead title="Where it is" ruled />
        <PlaceFields form={form} hostName={host?.name ?? null} dialect={found?.dialect ?? null} />
        {isFile ? null : (
          <>
            <SectionHead title="Who reads it" ruled />
            <AccountFields
              form={form}
              owner={found?.user ?? null}
              canUseDirectors={found?.user !== null && found !== null && found.dialect !== 'sqlite'}
              made={made}
              plan={canPlan ? { hostName: host.name, isPending: isPlanning, onPlan } : null}
            />
          </>
        )}
        <SectionHead title="The director" ruled />
        <DirectorFields
          form={form}
          hosts={hosts}
          zones={zones}
          source={found?.zone === values.zone ? `Read on the host: ${found.zoneBy}.` : null}
        />
        <div ref={answerRef} tabIndex={-1} className="scroll-mt-4 outline-none">
          <FormProblem>{form.problem || null}</FormProblem>
          {report ? (
            <>
              <SectionHead title="The test went well" ruled />
              <ReportView report={report} zone={values.zone} />
            </>
          ) : null}
        </div>
        <WizardBar
          title={report ? 'Keeps this catalog in Pollux.' : 'Connects once, and asks a few small questions.'}
          actions={
            <SubmitButton
              kind="primary"
              pending={isPending}
              pendingText={report ? 'Connecting' : 'Testing the connection'}
            >
              {report ? 'Connect catalog' : 'Test the connection'}
            </SubmitButton>
          }
        >
          {report ? 'Pollux only reads it. A password is sealed.' : 'Nothing is kept before a test went well.'}
        </WizardBar>
      </form>
    </Wizard>
  )
}
