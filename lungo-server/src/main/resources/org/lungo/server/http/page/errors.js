// Runs first, on its own: whatever goes wrong in this page is shown in it.
(() => {
  const show = text => {
    const place = document.getElementById('problem');
    if (!place) {
      document.addEventListener('DOMContentLoaded', () => show(text), { once: true });
      return;
    }
    place.textContent = 'This page has failed: ' + text.replace(/\.$/, '') + '. Reloading it may help.';
    place.hidden = false;
  };
  addEventListener('error', event => {
    const source = event.target && (event.target.src || event.target.href);
    show(source ? 'it could not load ' + source : event.message);
  }, true);
  addEventListener('unhandledrejection', event => show(String(event.reason && event.reason.message || event.reason)));
})();
