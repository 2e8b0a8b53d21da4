// The page of the API: Swagger UI over the contract, with the bar that all pages have.
import { show } from '/web/lib/dom.js';
import { preferredLanguage, speak } from '/web/lib/words.js';
import { footer, top } from '/web/shell.js';

function draw() {
  show(document.getElementById('top'), top(draw));
  show(document.getElementById('bottom'), footer());
  document.querySelector('nav a[data-section="docs"]').setAttribute('aria-current', 'page');
}

/** What Swagger UI draws otherwise: no link inside of a button, and no choice where there is but one service. */
const ownParts = () => ({
  wrapComponents: {
    DeepLink: (Link, { React }) => (values) => React.createElement(Link, { ...values, enabled: false }),
    ServersContainer: () => () => null,
  },
});

await speak(preferredLanguage());
draw();
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [ownParts],
  layout: 'BaseLayout',
});
