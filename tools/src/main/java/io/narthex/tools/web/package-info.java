/** The page that shows a registry in a browser, live, and the JSON that it asks for. */
package io.narthex.tools.web;
