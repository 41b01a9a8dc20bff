import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, KeyboardInteractiveAuthMethod } from 'ssh2'
import type { AppError } from '@/lib/errors'
import { connectionError } from './connection-error'
import { openPrivateKey } from './private-key-cache'
import type { SshTarget } from './types'

/**
 * How one login is tried: one method, once. Never a second method with a password that was refused, as that would
 * count as another failed login with fail2ban.
 * @param refuse is called instead of a further try; the caller ends the connection
 * @throws AppError `invalid` when the stored key cannot be read
 */
export function loginMethods(target: SshTarget, refuse: (error: AppError) => void): AuthHandlerMiddleware {
  return target.auth.kind === 'key' ? keyLogin(target, target.auth, refuse) : passwordLogin(target, target.auth, refuse)
}

function keyLogin(
  target: SshTarget,
  auth: { privateKey: string; passphrase?: string },
  refuse: (error: AppError) => void,
): AuthHandlerMiddleware {
  const key = openPrivateKey(auth.privateKey, auth.passphrase)
  if (key instanceof Error || !key.isPrivateKey()) throw unreadableKey(target, key)
  let isTried = false
  return (methods, partial, next) => {
    if (isTried) return refuse(partial ? wantsMore(target, methods) : keyRefused(target, methods))
    isTried = true
    next(asMethod({ type: 'publickey', username: target.user, key }))
  }
}

function passwordLogin(
  target: SshTarget,
  auth: { password: string },
  refuse: (error: AppError) => void,
): AuthHandlerMiddleware {
  let isAsked = false
  let isTried = false
  return (methods, partial, next) => {
    // "none" makes the server list its methods (RFC 4252, 5.2), so that the password goes out by one of them.
    if (!isAsked) {
      isAsked = true
      return next(asMethod({ type: 'none', username: target.user }))
    }
    if (isTried) return refuse(partial ? wantsMore(target, methods) : passwordRefused(target))
    isTried = true
    if (methods.includes('password')) {
      return next(asMethod({ type: 'password', username: target.user, password: auth.password }))
    }
    if (methods.includes('keyboard-interactive')) return next(asMethod(answerOnce(target, auth.password, refuse)))
    refuse(noPasswords(target, methods))
  }
}

/** Gives the password to the first question that hides its answer, and to no other. */
function answerOnce(
  target: SshTarget,
  password: string,
  refuse: (error: AppError) => void,
): KeyboardInteractiveAuthMethod & { username: string } {
  let isAnswered = false
  return {
    type: 'keyboard-interactive',
    username: target.user,
    prompt: (_name, _instructions, _lang, prompts, finish) => {
      const [only] = prompts
      if (prompts.length !== 1 || only?.echo !== false) return refuse(wantsMore(target, ['keyboard-interactive']))
      if (isAnswered) return refuse(passwordRefused(target))
      isAnswered = true
      finish([password])
    },
  }
}

// ssh2 takes every method as an object with its own user name; its types leave the name out.
function asMethod(method: AnyAuthMethod & { username: string }): AnyAuthMethod {
  return method
}

function unreadableKey(target: SshTarget, key: unknown): AppError {
  return connectionError(
    'invalid',
    target,
    'login',
    'expected a private key that can be read, got one that cannot',
    `The stored key for ${target.name} cannot be read. Store the credential again.`,
    { cause: key instanceof Error ? key : undefined },
  )
}

function keyRefused(target: SshTarget, methods: readonly AuthenticationType[]): AppError {
  return refused(
    target,
    methods,
    'the key',
    `${target.name} does not accept the key for the user ${target.user}. Put its public line into ~${target.user}/.ssh/authorized_keys there, and check that this file and its folder belong to the user and that no one else may write to them.`,
  )
}

function passwordRefused(target: SshTarget): AppError {
  return refused(
    target,
    [],
    'the password',
    `${target.name} does not accept the password for the user ${target.user}. Store the right one before trying again: some hosts shut out an address after a few wrong ones.`,
  )
}

function noPasswords(target: SshTarget, methods: readonly AuthenticationType[]): AppError {
  return refused(
    target,
    methods,
    'a password',
    `${target.name} takes no passwords (it offers ${methods.join(', ') || 'nothing'}). Use a key instead.`,
  )
}

function wantsMore(target: SshTarget, methods: readonly string[]): AppError {
  return refused(
    target,
    methods,
    'one method',
    `${target.name} wants a second factor (${methods.join(', ')}) for the user ${target.user}. Give Pollux a user that logs in with a key or a password alone.`,
  )
}

/** The error of a password that ran out: the host wants a new one before it lets anyone in. */
export function passwordExpired(target: SshTarget): AppError {
  return refused(
    target,
    [],
    'the password',
    `The password of ${target.user} on ${target.name} has expired. Log in by hand, set a new one, and store it here.`,
  )
}

function refused(target: SshTarget, methods: readonly string[], what: string, sentence: string): AppError {
  return connectionError('forbidden', target, 'login', `expected a login with ${what}, got a refusal`, sentence, {
    data: { methods },
  })
}
