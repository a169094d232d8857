/** What there is to be said over the console of saved sessions: one thing at a time. */

import { useMoment, useSaved } from '../checkpoints/saved-sessions.ts';
import { AftermathNotice } from './RestoreNotice.tsx';
import { GuestNotice } from './ForeignFileNotice.tsx';
import { OfferNotice } from './OfferNotice.tsx';

export function Notices() {
  const { guest, aftermath } = useMoment();
  const offers = useSaved((saved) => saved.offers);
  if (guest) return <GuestNotice key={guest.file} guest={guest} />;
  if (aftermath) return <AftermathNotice key={aftermath.card.id} aftermath={aftermath} />;
  return offers.length > 0 ? <OfferNotice offers={offers} /> : null;
}
