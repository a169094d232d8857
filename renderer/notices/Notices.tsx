/** What there is to be said over the console of saved sessions: one thing at a time. */

import { useMoment, useSaved } from '../checkpoints/saved-sessions.ts';
import { ForeignFileNotice } from './ForeignFileNotice.tsx';
import { OfferNotice } from './OfferNotice.tsx';
import { RestoreNotice } from './RestoreNotice.tsx';

export function Notices() {
  const { foreign, restored } = useMoment();
  const offers = useSaved((saved) => saved.offers);
  if (foreign) return <ForeignFileNotice key={foreign.file} foreign={foreign} />;
  if (restored) return <RestoreNotice key={restored.card.id} restored={restored} />;
  return offers.length > 0 ? <OfferNotice offers={offers} /> : null;
}
