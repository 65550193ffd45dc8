// The filter box: hides the entries that do not contain what is typed. Without it, all is there.
const box = document.getElementById("filter-box");
const each = (list, what) => Array.from(document.querySelectorAll(list)).forEach(what);
const shown = "[data-filter]:not([hidden]), .az li:not([hidden])";
const filter = () => {
    const wanted = box.value.trim().toLowerCase();
    each("[data-filter], .az li", (item) => {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
    });
    each("section[data-part]", (part) => {
        part.hidden = part.querySelector(shown) === null;
    });
};
box.hidden = false;
box.addEventListener("input", filter);
filter();
