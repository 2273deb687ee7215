package io.consentbridge.endtoend;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** How an open page looks, measured in the browser. */
final class PageLook {

    /** Colours of WCAG 2.2, section 1.4.3: luminance, contrast, and the colour behind an element. */
    private static final String COLOURS = """
            const parts = colour => colour.match(/[\\d.]+/g).map(Number);
            const luminance = colour => {
              const [r, g, b] = parts(colour).map(it => it / 255)
                .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const contrast = (one, other) => {
              const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
              return (light + 0.05) / (dark + 0.05);
            };
            const behind = element => {
              for (let each = element; each; each = each.parentElement) {
                const colour = getComputedStyle(each).backgroundColor;
                if ((parts(colour)[3] ?? 1) === 1) return colour;
              }
              return 'rgb(255, 255, 255)';
            };
            """;

    private final Page page;

    PageLook(Page page) {
        this.page = page;
    }

    /**
     * The outline of the element that has the focus.
     *
     * @param on the text of the element
     * @param width in CSS pixels
     * @param contrast to what is around the element
     */
    record Ring(String on, double width, double contrast) {}

    Ring ring() {
        Map<?, ?> ring = (Map<?, ?>) page.evaluate("() => {" + COLOURS + """
                const style = getComputedStyle(document.activeElement);
                return {
                  on: document.activeElement.innerText,
                  width: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
                  contrast: contrast(style.outlineColor, behind(document.activeElement.parentElement)),
                };
                }""");
        return new Ring(
                (String) ring.get("on"),
                ((Number) ring.get("width")).doubleValue(),
                ((Number) ring.get("contrast")).doubleValue());
    }

    /** The elements that reach beyond the window or cut off what they contain. */
    List<?> tooWide() {
        return (List<?>) page.evaluate("""
                () => [...document.querySelectorAll('html, body, body *')]
                  .filter(it => it.scrollWidth > Math.max(it.clientWidth, it.offsetWidth)
                    || it.getBoundingClientRect().right > innerWidth)
                  .map(it => it.tagName + ' ' + it.innerText.slice(0, 40))""");
    }

    /** The texts whose contrast to their background is below this. */
    List<?> faint(double least) {
        return (List<?>) page.evaluate("least => {" + COLOURS + """
                return [...document.querySelectorAll('body *')]
                  .filter(it => [...it.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
                  .map(it => [contrast(getComputedStyle(it).color, behind(it)), it])
                  .filter(([found]) => !(found >= least))
                  .map(([found, it]) => found.toFixed(2) + ' ' + it.innerText);
                }""", least);
    }
}
