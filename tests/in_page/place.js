// Left, top, width and height on the page of the first element that a selector finds.
const box = document.querySelector(arguments[0]).getBoundingClientRect();
return [box.left + scrollX, box.top + scrollY, box.width, box.height];
