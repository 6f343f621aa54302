// The page's own switch between light and dark.
document.querySelector("#light-toggle").addEventListener("click", () => {
  const { classList, dataset } = document.documentElement;
  classList.add("transition");
  setTimeout(() => classList.remove("transition"), 500);
  dataset.theme = dataset.theme === "dark" ? "light" : "dark";
});
