'use server'

import { action } from '@/lib/action'
import { AcceptChangedKeyInput, acceptChangedKey } from '@/lib/inventory/accept-changed-key'
import { AddHostInput, addHost } from '@/lib/inventory/add-host'
import { AddManyHostsInput, addManyHosts } from '@/lib/inventory/add-many-hosts'
import { ChangeHostIdentityInput, changeHostIdentity } from '@/lib/inventory/change-host-identity'
import { ConfirmHostKeyInput, confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { CreateCredentialInput, createCredential } from '@/lib/inventory/create-credential'
import { EditHostInput, editHost } from '@/lib/inventory/edit-host'
import { KeepPinnedKeyInput, keepPinnedKey } from '@/lib/inventory/keep-pinned-key'
import { RemoveHostInput, removeHost } from '@/lib/inventory/remove-host'
import { ScanHostKeyInput, scanHostKey } from '@/lib/inventory/scan-host-key'
import { ScanHostListInput, scanHostList } from '@/lib/inventory/scan-host-list'
import { SetSshProfileInput, setSshProfile } from '@/lib/inventory/set-ssh-profile'
import { TestHostConnectionInput, testHostConnection } from '@/lib/inventory/test-connection'
import { ReadHostInput, readHost } from '@/lib/reading/read-host'
import { ReadHostsInput, readHosts } from '@/lib/reading/read-hosts'

export const createCredentialAction = action(CreateCredentialInput, createCredential)
export const addHostAction = action(AddHostInput, addHost)
export const scanHostListAction = action(ScanHostListInput, scanHostList)
export const addManyHostsAction = action(AddManyHostsInput, addManyHosts)
export const editHostAction = action(EditHostInput, editHost)
export const changeHostIdentityAction = action(ChangeHostIdentityInput, changeHostIdentity)
export const removeHostAction = action(RemoveHostInput, removeHost)
export const scanHostKeyAction = action(ScanHostKeyInput, scanHostKey)
export const confirmHostKeyAction = action(ConfirmHostKeyInput, confirmHostKey)
export const acceptChangedKeyAction = action(AcceptChangedKeyInput, acceptChangedKey)
export const keepPinnedKeyAction = action(KeepPinnedKeyInput, keepPinnedKey)
export const setSshProfileAction = action(SetSshProfileInput, setSshProfile)
export const testHostConnectionAction = action(TestHostConnectionInput, testHostConnection)
export const readHostAction = action(ReadHostInput, readHost)
export const readHostsAction = action(ReadHostsInput, readHosts)
