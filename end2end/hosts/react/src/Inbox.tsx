// One inbox of one agent. Properties, attributes and listeners are written as any other property.
import '@bandeja/inbox/react';
import type { BandejaInboxElement, BeforeCloseDetail, GetToken } from '@bandeja/inbox';
import { useCallback, useRef } from 'react';

const server = document.querySelector<HTMLMetaElement>("meta[name='inbox-server']")?.content ?? '';

interface Props {
  user: string;
  id: string;
  isDark: boolean;
  isEnglish: boolean;
  beforeClose: (detail: BeforeCloseDetail) => void;
  tell: (line: string) => void;
}

export function Inbox({ user, id, isDark, isEnglish, beforeClose, tell }: Props) {
  const inbox = useRef<BandejaInboxElement>(null);
  const getToken = useCallback<GetToken>(async () => {
    const answer = await fetch(`/crm/inbox-token?user=${user}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  }, [user]);
  return (
    <section aria-label={`Conversaciones de ${user}`}>
      <bandeja-inbox
        ref={inbox}
        id={id}
        api-base={server}
        getToken={getToken}
        theme={isDark ? 'dark' : 'light'}
        locale={isEnglish ? 'en' : 'es'}
        onbandeja:ready={({ detail }) => tell(`ready ${detail.user.email}`)}
        onbandeja:error={({ detail }) => tell(`error ${detail.code}`)}
        onbandeja:auth-required={({ detail }) => tell(`auth-required ${detail.reason}`)}
        onbandeja:conversation-opened={({ detail }) => tell(`opened ${detail.contact.name}`)}
        onbandeja:before-close={({ detail }) => {
          tell(`before-close ${detail.many ? `of ${detail.many.count}` : detail.contact.name}`);
          beforeClose(detail);
        }}
        onbandeja:conversation-closed={({ detail }) => tell(`closed ${detail.contact.name}`)}
        onbandeja:bulk-finished={({ detail }) => tell(`bulk-finished ${detail.job.done}`)}
        onbandeja:unread-changed={({ detail }) => tell(`unread ${detail.unread}`)}
        onbandeja:navigate={({ detail }) => tell(`navigate ${detail.view} ${detail.conversation_id}`)}
      />
      <button type="button" id={id === 'first' ? 'note' : undefined} onClick={() => void inbox.current?.refresh()}>
        {id === 'first' ? 'Nota al pie' : 'Actualizar'}
      </button>
    </section>
  );
}
