'use server'

import { action } from '@/lib/action'
import { ChangePairInput, changePair } from '@/lib/inventory/change-pair'
import { DeclarePairInput, declarePair } from '@/lib/inventory/declare-pair'
import { RemovePairInput, removePair } from '@/lib/inventory/remove-pair'
import { SwapPairInput, swapPair } from '@/lib/inventory/swap-pair'

export const declarePairAction = action('edit host notes', DeclarePairInput, declarePair)
export const changePairAction = action('edit host notes', ChangePairInput, changePair)
export const swapPairAction = action('edit host notes', SwapPairInput, swapPair)
export const removePairAction = action('edit host notes', RemovePairInput, removePair)
