import { WizardBar } from '@/components/change/wizard-rail'
import { SampleButton } from './sample-button'

/** What a sample is, and the button that makes it. */
export function SampleStep() {
  return (
    <>
      <p className="max-w-text">
        Three grades of full backups with differential and incremental ones between them, on 140 volumes in five pools:
        the year of the article that Pollux began with, made up from a seed, and a few troubles to look for.
      </p>
      <p className="mt-3 mb-6 max-w-text text-text-2">
        No host is touched. The catalog is a file beside Pollux, made anew as time goes on, and removed with one press
        in the settings.
      </p>
      <WizardBar title="Makes an SQLite file of about 1 MB beside Pollux." actions={<SampleButton primary />}>
        It stands in the list of catalogs, marked as a sample.
      </WizardBar>
    </>
  )
}
