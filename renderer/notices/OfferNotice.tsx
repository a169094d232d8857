/** The sessions that were open when they ended, beside a clean start, which the console below is already. */

import './offers.css';
import type { Offered } from '../../electron/contract/checkpoint-news.ts';
import { MOST_OFFERED } from '../../electron/contract/checkpoints.ts';
import { counted } from '../../electron/wording/counts.ts';
import { momentText } from '../../electron/wording/times.ts';
import { offerTitle, offerWords } from '../checkpoints/card-words.ts';
import { useBar } from '../checkpoints/restore-bar.ts';
import { useMoment } from '../checkpoints/saved-sessions.ts';
import { focusTerminal } from '../console/xterm.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { useNow } from '../ui/now.ts';
import { SmallButton } from '../ui/SmallButton.tsx';
import { Notice } from './Notice.tsx';

export function OfferNotice({ offers }: { offers: readonly Offered[] }) {
  const rest = offers.length - MOST_OFFERED;
  const atFirst = useMoment(({ offersAtFirst }) => offersAtFirst);
  return (
    <Notice label="Sessions that were open" testId="offers" question={atFirst ? 'offers' : null}>
      <ul className="offers">
        {offers.slice(0, MOST_OFFERED).map((offer, index) => (
          <Offer key={offer.card.id} offer={offer} isFirst={index === 0} />
        ))}
      </ul>
      <footer>
        <SmallButton
          title="What was open is not offered again; it stays among the saved sessions"
          onPress={() => tell('dismissOffers')}
        >
          Start clean
        </SmallButton>
        <span className="hint cut">
          {rest > 0 ? `${counted(rest, 'more session')} under Saved · ` : ''}or just type
        </span>
      </footer>
    </Notice>
  );
}

function Offer({ offer, isFirst }: { offer: Offered; isFirst: boolean }) {
  const now = useNow();
  const why = useBar();
  const here = useSituation(({ python }) => python);
  const { lastRun } = offer.card;
  return (
    <li>
      <div className="about">
        <p className="title cut" title={`${offer.card.folder}\n${momentText(offer.at)}`}>
          {offerTitle(offer, now)}
        </p>
        <p className="cut" title={lastRun ?? undefined}>
          {offerWords(offer, here)}
          {lastRun !== null && (
            <>
              {' · last run '}
              <span className="code">{lastRun}</span>
            </>
          )}
        </p>
      </div>
      <SmallButton
        title="Go on with this session where it was (Enter)"
        why={why}
        primary={isFirst}
        isFirst={isFirst}
        onPress={() => bringBack(offer.card.id)}
      >
        Bring it back
      </SmallButton>
    </li>
  );
}

/** The keyboard is the run's from now on. */
function bringBack(checkpoint: string): void {
  tell('restoreSession', checkpoint);
  focusTerminal();
}
