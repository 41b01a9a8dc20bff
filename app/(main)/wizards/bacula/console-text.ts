import { consoleToPaste } from '@/agents/bacula/view'

/** The text of the console for Pollux, for whoever puts it in by hand. */
export function consoleText(): { path: string; text: string }[] {
  return consoleToPaste()
}
