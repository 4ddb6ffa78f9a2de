// The windows come later; this page only proves that they will build.
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <main>
      <h1>Branchline</h1>
      <p>There is no window yet. Everything can be done with the command line: branchline --help</p>
    </main>,
  );
}
