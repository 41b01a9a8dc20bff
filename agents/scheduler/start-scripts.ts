import type { FoundDocument, SchedulerFacts } from './facts'

export interface StartScript {
  /** No link: the file itself. */
  path: string
  document: FoundDocument
}

/**
 * The host's start scripts, each once: /etc/rc.local first, then Red Hat's. A link stands for the file that it leads to,
 * whose mode, owner and bytes its reading brought.
 */
export function startScripts(facts: Pick<SchedulerFacts, 'rcLocal' | 'rcLocalRedHat'>): StartScript[] {
  const scripts = [resolved('/etc/rc.local', facts.rcLocal), resolved('/etc/rc.d/rc.local', facts.rcLocalRedHat)]
  return scripts.filter(({ path }, index) => scripts.findIndex((other) => other.path === path) === index)
}

// An empty reading behind a link may be a folder's; that link is left to be refused.
function resolved(path: string, document: FoundDocument): StartScript {
  if (document.state !== 'there' || document.type !== 'link' || document.target === null || document.bytes === '') {
    return { path, document }
  }
  return { path: document.target, document: { ...document, type: 'file', target: null } }
}
