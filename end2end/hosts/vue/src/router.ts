// This host's own router: one listener, one address.
import { ref } from 'vue';

const path = ref(location.pathname);
window.addEventListener('popstate', () => (path.value = location.pathname));

export function usePath() {
  return path;
}

export function goTo(to: string): void {
  history.pushState(null, '', to);
  path.value = to;
}
