import { Link } from '@tanstack/react-router';
import { useMessages } from '../messages/locale-provider.tsx';
import { Icon } from '../ui/icons.tsx';
import styles from './frame.module.css';

const places = [
  { to: '/', key: 'overview' },
  { to: '/live', key: 'live' },
  { to: '/people', key: 'people' },
  { to: '/segments', key: 'segments' },
  { to: '/campaigns', key: 'campaigns' },
  { to: '/settings', key: 'settings' },
] as const;

export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const messages = useMessages();
  return (
    <nav className={styles.nav} aria-label={messages.frame.navigation}>
      <ul>
        {places.map((place) => (
          <li key={place.key}>
            <Link
              to={place.to}
              activeOptions={{ exact: place.to === '/', includeSearch: false }}
              onClick={() => onGo?.()}
            >
              <Icon name={place.key} />
              {messages.frame[place.key]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
