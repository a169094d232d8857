/** Libraries that are too large for every run: tried in `npm run test:all`, see `build/setup/extended.txt`. */

import type { Library } from './libraries.ts';

export const EXTENDED: readonly Library[] = [
  {
    name: 'jax, compiled',
    make: 'import jax, jax.numpy as jnp; x = jnp.ones((300, 300)); key = jax.random.key(1); f = jax.jit(lambda a: (a @ a).sum()); f(x)',
    use: '(float(f(jnp.ones((400, 400)))), float(jax.vmap(jnp.sum)(jnp.ones((50, 50))).sum()))',
    change: 'x = x.at[0].set(7.0); key, _ = jax.random.split(key); jax.config.update("jax_enable_x64", True)',
    look: '(float(x.sum()), jax.random.key_data(key).tolist(), jax.config.jax_enable_x64)',
  },
  {
    name: 'jax, whose work is not waited for',
    make: 'import jax, jax.numpy as jnp; a = jnp.ones((1200, 1200)); f = jax.jit(lambda a: (a @ a) / 1200); b = f(f(a))',
    use: 'float(f(f(f(a))).sum())',
    change: 'c = a * 2\nfor _ in range(5): c = f(c)',
    look: 'float(c.sum()) if "c" in globals() else float(b.sum())',
  },
  {
    name: 'xgboost',
    make: 'import xgboost as xgb, numpy as np; x = np.random.default_rng(0).random((3000, 5)); y = x[:, 0]; data = xgb.DMatrix(x, y)\nmodel = xgb.train({"nthread": 2, "tree_method": "hist"}, data, 3)',
    use: 'round(float(xgb.train({"nthread": 2, "tree_method": "hist", "seed": 1}, xgb.DMatrix(x, y), 3).predict(xgb.DMatrix(x)).sum()), 1)',
    change:
      'model.set_attr(note="1"); model.update(data, 3); data.set_label(1 - y); xgb.set_config(verbosity=0)',
    look: '(model.attr("note"), model.num_boosted_rounds(), round(float(data.get_label()[0]), 3), xgb.get_config()["verbosity"])',
  },
  {
    name: 'OpenCV, with threads',
    make: 'import cv2, numpy as np; image = np.zeros((600, 800, 3), np.uint8); cv2.setNumThreads(2)',
    use: 'int(cv2.GaussianBlur(np.full((900, 900, 3), 100, np.uint8), (21, 21), 5).sum())',
    change: '_ = cv2.circle(image, (300, 300), 50, (255, 0, 0), 5); cv2.setNumThreads(1)',
    look: '(int(image.sum()), cv2.getNumThreads())',
  },
];
