import '@bandeja/inbox/react';
import { useCallback, useEffect, useState } from 'react';
import { Inbox } from './Inbox';
import { goTo, usePath } from './router';

const SETTINGS = {
  shown: 'Mostrar bandeja', dark: 'Oscuro', english: 'Inglés', two: 'Dos agentes', unpaid: 'Falta cobrar', quiet: 'Sin avisos',
} as const;
type Setting = keyof typeof SETTINGS;

const hearNothing = () => {};

export function App() {
  const path = usePath();
  const isInbox = path !== '/clientes';
  const [set, setSettings] = useState<Record<Setting, boolean>>({ shown: true, dark: false, english: false, two: false, unpaid: false, quiet: false });
  const [told, setTold] = useState<string[]>([]);
  const [keys, setKeys] = useState('');
  const tell = useCallback((line: string) => setTold((before) => [...before, line]), []);

  useEffect(() => {
    document.title = isInbox ? 'Bandeja · Cúmulo CRM' : 'Clientes · Cúmulo CRM';
  }, [isInbox]);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => event.key.length === 1 && setKeys((before) => before + event.key);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);

  const inbox = (user: string, id: string) => (
    <Inbox
      key={user} user={user} id={id} isDark={set.dark} isEnglish={set.english} tell={set.quiet ? hearNothing : tell}
      beforeClose={(detail) => set.unpaid && detail.veto('Falta cobrar el pedido 2247')}
    />
  );
  return (
    <>
      <header>
        <h1>Cúmulo CRM</h1>
        <nav aria-label="Secciones">
          <Link to="/bandeja">Bandeja</Link>
          <Link to="/clientes">Clientes</Link>
          {isInbox && set.shown && <bandeja-unread for="first" />}
        </nav>
        <form aria-label="Ajustes" onSubmit={(event) => event.preventDefault()}>
          {Object.entries(SETTINGS).map(([name, label]) => (
            <label key={name}>
              <input
                type="checkbox" checked={set[name as Setting]}
                onChange={(event) => setSettings({ ...set, [name]: event.target.checked })}
              /> {label}
            </label>
          ))}
          <label>Buscar en el CRM <input type="text" /></label>
        </form>
        <output aria-label="Teclas">{keys}</output>
      </header>
      <main>
        {isInbox && set.shown && inbox('ana', 'first')}
        {isInbox && set.shown && set.two && inbox('beto', 'second')}
      </main>
      <ul aria-label="Avisos">{told.map((line, at) => <li key={at}>{line}</li>)}</ul>
    </>
  );
}

function Link({ to, children }: { to: string; children: string }) {
  return <a href={to} onClick={(event) => { event.preventDefault(); goTo(to); }}>{children}</a>;
}
